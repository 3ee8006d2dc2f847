// What runs: the colours at once, the rest when the page is there.

theme.start();

// A page opened from a disk has neither worker nor web app, and asking for them there is an error.
function join() {
  if (!isServed) return;
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = "manifest.webmanifest";
  document.head.append(link);
  if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("sw.js").catch(() => null);
}

async function offerKeeping(main, player) {
  if (!Keeper.isPossible) return;
  const pictures = [...document.querySelectorAll("main img[src], .chapters [data-image]")];
  const files = pictures.map((one) => new URL(one.dataset.image ?? one.getAttribute("src"), location).href);
  const keeper = new Keeper(
    byId("keep"),
    {
      guid: main.dataset.guid,
      bytes: Number(main.dataset.bytes),
      sound: byId("audio").src,
      files: [...new Set([location.href.split(/[?#]/)[0], ...files])],
    },
    (text) => player.tell(text),
  );
  await keeper.start();
}

// The list stands in for the page of an episode that was not kept, where there is no connection.
function tellWhatIsMissing(main) {
  if (!isServed || !main.classList.contains("index") || /\/(index\.html)?$/.test(location.pathname)) return;
  const told = document.createElement("p");
  told.className = "missing";
  told.setAttribute("role", "status");
  told.textContent = "There is no connection, and that episode was not kept on this device. Those that were kept can be heard.";
  main.prepend(told);
}

// The address of the feed, to be given to an app; without its own address, the page knows it from where it stands.
function offerFeed() {
  const field = byId("feed-address");
  if (!field) return;
  if (isServed && !field.value.includes("://")) field.value = new URL(field.value, location.href).href;
  field.addEventListener("focus", () => field.select());
  if (!byId("copy")) return;
  byId("copy").hidden = !navigator.clipboard;
  byId("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value).catch(() => field.select());
    byId("copied").textContent = byId("copy").textContent = "Copied";
  });
}

// What stands in a field can be taken from it by a button beside it.
function offerCopies() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = byId(button.dataset.copies);
    field.addEventListener("focus", () => field.select());
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value).catch(() => field.select());
      button.textContent = "Copied";
    });
  }
}

document.addEventListener("DOMContentLoaded", () => {
  join();
  theme.offer();
  showWhatWasHeard();
  const main = byId("main");
  tellWhatIsMissing(main);
  offerFeed();
  offerCopies();
  if (!byId("audio")) return;
  if (byId("sizes")) textSize.offer();
  const details = document.querySelector(".chapters details");
  if (details && details.querySelectorAll("a[data-start]").length > 8 && matchMedia("(max-width: 60rem)").matches) details.open = false;
  byId("current").addEventListener("click", () => details && (details.open = true));
  const player = new Player(main);
  player.start();
  offerKeeping(main, player);
});
