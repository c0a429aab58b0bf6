// How the parts share the page: by the pointer, or by the arrow keys.

/** Lets a divider be moved; `share` is told how much of the page the first part has, in percent. */
function divide(divider, [less, more], of, share) {
  const main = byId("panes");
  const move = (percent) => {
    const first = Math.round(Math.min(80, Math.max(20, percent)));
    divider.setAttribute("aria-valuenow", String(first));
    share(main.style, `${first}fr`, `${100 - first}fr`);
  };
  divider.addEventListener("pointerdown", (event) => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  divider.addEventListener("pointermove", (event) => {
    if (divider.hasPointerCapture(event.pointerId)) move(100 * of(event, main.getBoundingClientRect()));
  });
  divider.addEventListener("keydown", (event) => {
    const step = { [less]: -2, [more]: 2 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(Number(divider.getAttribute("aria-valuenow")) + step);
  });
}

function dividers() {
  divide(byId("across"), ["ArrowLeft", "ArrowRight"], (event, box) => (event.clientX - box.left) / box.width, (style, first, second) => {
    style.setProperty("--left", first);
    style.setProperty("--right", second);
  });
  divide(byId("down"), ["ArrowUp", "ArrowDown"], (event, box) => (event.clientY - box.top) / box.height, (style, first, second) => {
    style.setProperty("--top", first);
    style.setProperty("--bottom", second);
  });
}
