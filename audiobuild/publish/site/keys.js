// Keys of this page, and those of the keyboard, the headset and the lock screen.

class Keys {
  constructor(player) {
    this.player = player;
    this.sheet = byId("keys");
    this.isOn = memory.get("keys") !== "off";
    this.actions = {
      " ": () => player.toggle(),
      k: () => player.toggle(),
      j: () => player.skip(-STEP_BACK),
      l: () => player.skip(STEP_FORWARD),
      ArrowLeft: () => player.skip(-SMALL_STEP),
      ArrowRight: () => player.skip(SMALL_STEP),
      p: () => player.skipChapter(-1),
      n: () => player.skipChapter(1),
      "<": () => player.changeSpeed(-1),
      ">": () => player.changeSpeed(1),
      m: () => player.mute(),
      "+": () => player.changeVolume(10),
      "=": () => player.changeVolume(10),
      "-": () => player.changeVolume(-10),
      f: () => player.follow(true),
      "/": () => player.search?.open(),
      s: () => player.share(),
      d: () => theme.toggle(),
      "?": () => this.sheet.showModal(),
    };
    for (let tenth = 0; tenth < 10; tenth += 1) this.actions[tenth] = () => player.seek((player.duration * tenth) / 10);
  }

  start() {
    byId("help").addEventListener("click", () => this.sheet.showModal());
    byId("close").addEventListener("click", () => this.sheet.close());
    byId("single").checked = this.isOn;
    byId("single").addEventListener("change", (event) => {
      this.isOn = event.target.checked;
      memory.set("keys", this.isOn ? "on" : "off");
    });
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  // What has the focus keeps the keys that it needs itself.
  pressed(event) {
    if (!this.isOn || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.sheet.open) return;
    const { target, key } = event;
    if (target.matches("select, input:not([type=range]), textarea")) return;
    if (key === " " && target.closest("button, a, summary, [role=button]")) return;
    const act = this.actions[key.length === 1 ? key.toLowerCase() : key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

// Source: W3C, Media Session.
function offerMediaKeys(player) {
  if (!("mediaSession" in navigator)) return;
  const { audio } = player;
  const actions = {
    play: () => player.play(),
    pause: () => audio.pause(),
    seekbackward: ({ seekOffset }) => player.skip(-(seekOffset || STEP_BACK)),
    seekforward: ({ seekOffset }) => player.skip(seekOffset || STEP_FORWARD),
    seekto: ({ seekTime }) => player.seek(seekTime),
    previoustrack: player.chapters.length ? () => player.skipChapter(-1) : null,
    nexttrack: player.chapters.length ? () => player.skipChapter(1) : null,
  };
  for (const [name, act] of Object.entries(actions)) {
    try {
      navigator.mediaSession.setActionHandler(name, act);
    } catch {
      continue; // this browser does not know that key
    }
  }
}

function tellChapter(player, link) {
  if (!("mediaSession" in navigator)) return;
  const picture = link?.dataset.image ?? player.cover ?? byId("cover")?.getAttribute("src");
  navigator.mediaSession.metadata = new MediaMetadata({
    title: byId("current").textContent,
    album: player.episode.title,
    artist: player.episode.show,
    artwork: picture && isServed ? [{ src: picture }] : [],
  });
}

function tellPosition({ audio, duration, time }) {
  if (!navigator.mediaSession?.setPositionState || audio.readyState < HTMLMediaElement.HAVE_METADATA) return;
  navigator.mediaSession.setPositionState({ duration, playbackRate: audio.playbackRate, position: Math.min(time, duration) });
}
