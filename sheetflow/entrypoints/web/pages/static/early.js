// Before anything is drawn: what needs no script is hidden where there is one.
document.documentElement.classList.add("js");
