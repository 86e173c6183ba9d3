// Wakes each island as soon as it is whole: those that stream in late and those that another island puts in as well.
// When the module breaks, every later event goes past it, so links and forms work on as they do without script.
import start, * as islands from "./accord.js";

// What fails while a page is left has no document any more, and nobody to work on for.
let left = false;

// A page that the browser has kept is not shown again as it was: whoever goes back after signing out sees nothing of it.
// It is hidden before it is kept, so that nothing flashes up, and asked for anew when it comes back.
addEventListener("pagehide", (event) => {
  left = true;
  if (event.persisted) document.documentElement.hidden = true;
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

const done = new WeakSet();
let broken = false;

// The parser has finished an element once it has put something behind it or behind one of its ancestors.
const isWhole = (element) => {
  if (document.readyState !== "loading") return true;
  for (let node = element; node; node = node.parentNode) if (node.nextSibling) return true;
  return false;
};

const giveUp = (cause) => {
  if (broken || left) return;
  broken = true;
  console.error(cause);
  for (const kind of ["click", "input", "change", "keydown", "submit"]) {
    addEventListener(kind, (event) => event.stopImmediatePropagation(), { capture: true });
  }
};

const wake = () => {
  for (const island of document.querySelectorAll("leptos-island")) {
    if (broken) return;
    if (done.has(island) || !isWhole(island)) continue;
    done.add(island);
    try {
      // An island around this one hands its context to its children.
      island.parentElement?.closest("leptos-children")?.$$on_hydrate?.();
      islands[island.dataset.component]?.(island);
    } catch (cause) {
      giveUp(cause);
    }
  }
  if (document.readyState === "complete") document.documentElement.dataset.ready = broken ? "broken" : "yes";
};

for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, (event) => {
    const cause = event.error ?? event.reason;
    if (cause instanceof WebAssembly.RuntimeError) giveUp(cause);
  });
}

await start({ module_or_path: new URL("./accord_bg.wasm", import.meta.url) });
islands.hydrate();
wake();
new MutationObserver(wake).observe(document, { childList: true, subtree: true });
document.addEventListener("readystatechange", wake);
