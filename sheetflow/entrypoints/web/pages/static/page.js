// Draws the charts, sends a workbook that is dropped, follows a run. Everything else works without it.

const NO_STYLES_INSIDE = { disableDefaultStyle: true };
const MIB = 2 ** 20;
const AGAIN_AFTER = 1500;

function drawCharts() {
  if (!window.vegaEmbed) return;
  for (const place of document.querySelectorAll("[data-chart]:not([data-done])")) {
    const spec = JSON.parse(place.querySelector("script").textContent);
    place.dataset.done = "";
    // Expressions are interpreted (`ast`): the page forbids evaluating text as code.
    window.vegaEmbed(place, spec, {
      ast: true,
      actions: false,
      renderer: "svg",
      defaultStyle: false,
      tooltip: NO_STYLES_INSIDE,
    });
  }
}

function closeTables() {
  for (const table of document.querySelectorAll("[data-behind]")) {
    table.open = false;
    table.removeAttribute("data-behind");
  }
}

function becomeFile(link) {
  // The file is in the page; as an object of the browser it may be of any size.
  const [kind, content] = link.href.slice("data:".length).split(";base64,");
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  link.href = URL.createObjectURL(new Blob([bytes], { type: kind }));
}

function arrive() {
  for (const link of document.querySelectorAll("[data-download][href^='data:']")) becomeFile(link);
  for (const form of document.querySelectorAll("[data-drop]")) takeDrops(form);
  for (const run of document.querySelectorAll("[data-run]")) follow(run);
  closeTables();
  drawCharts();
}

async function needVega() {
  if (window.vegaEmbed) return;
  const address = document.querySelector("link[rel=prefetch][href*='vega.js']")?.href;
  if (address) await import(address);
}

function takeDrops(form) {
  const zone = form.querySelector("[data-zone]");
  const chosen = form.querySelector("input[type=file]");
  const over = (isOver) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", isOver);
  };
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, over(true));
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, over(false));
  zone.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    chosen.files = event.dataTransfer.files;
    send(form);
  });
  chosen.addEventListener("change", () => chosen.files.length && send(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

function send(form) {
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  const say = (text) => (progress.querySelector("[data-says]").textContent = text);
  const file = form.querySelector("input[type=file]").files[0];
  progress.hidden = false;
  if (file && file.size > progress.dataset.most * MIB) {
    bar.value = 0;
    say(progress.dataset.large);
    return;
  }
  const busy = (isBusy) => {
    form.setAttribute("aria-busy", String(isBusy));
    form.querySelector("button[type=submit]").disabled = isBusy;
  };
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    bar.value = event.lengthComputable ? event.loaded / event.total : 0;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    say(progress.dataset.planning);
  });
  request.addEventListener("load", async () => {
    busy(false);
    if (!request.response?.querySelector("main")) return say(progress.dataset.failed);
    await needVega();
    show(request.response);
  });
  request.addEventListener("error", () => {
    busy(false);
    bar.value = 0;
    say(progress.dataset.failed);
  });
  say(progress.dataset.sending);
  const content = new FormData(form);
  busy(true);
  request.send(content);
}

function show(page) {
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  arrive();
  const first = document.querySelector("[data-arrive], .trouble");
  first?.focus();
  window.scrollTo(0, 0);
}

async function follow(run) {
  const bar = run.querySelector("progress");
  const says = run.querySelector("[data-says]");
  for (;;) {
    try {
      const answer = await fetch(run.dataset.run, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      if (now.state === "done" || now.state === "failed") break;
      bar.value = now.share;
      says.textContent = run.dataset[now.stage.toLowerCase()] ?? run.dataset.waiting;
    } catch {
      says.textContent = run.dataset.lost;
      await new Promise((wake) => setTimeout(wake, AGAIN_AFTER * 2));
    }
    await new Promise((wake) => setTimeout(wake, AGAIN_AFTER / 3));
  }
  window.location.reload();
}

arrive();
