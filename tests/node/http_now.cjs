'use strict';
// HTTP that is waited for, as in Apps Script: a thread of its own does it while this one sleeps.
const http = require('node:http');
const { Worker, MessageChannel, isMainThread, parentPort, receiveMessageOnPort } = require('node:worker_threads');

if (!isMainThread) {
  parentPort.on('message', ({ request, timeout, signal, port }) => {
    const tell = (message) => {
      port.postMessage(message);
      Atomics.store(signal, 0, 1);
      Atomics.notify(signal, 0);
    };
    const options = { method: request.method, headers: request.headers, timeout };
    const asked = http.request(request.url, options, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        tell({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString('utf8') });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', (error) => tell({ error: error.code || error.message }));
    asked.end(request.body);
  });
}

let worker;

/** The answer to {method, url, headers, body} as {status, headers, text}, or {error} where there is none. */
function ask(request, timeout = 30000) {
  worker = worker || new Worker(__filename);
  worker.unref();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ request, timeout, signal, port: port2 }, [port2]);
  Atomics.wait(signal, 0, 0);
  const { message } = receiveMessageOnPort(port1);
  port1.close();
  return message;
}

module.exports = { ask };
