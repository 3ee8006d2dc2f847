// The player: one element of sound, the controls around it, and what other parts of the page make of the time.

const [STEP_BACK, STEP_FORWARD, SMALL_STEP] = [15, 30, 5];
const NEARLY_OVER = 5;

class Player {
  constructor(main) {
    this.audio = byId("audio");
    this.episode = main.dataset;
    this.duration = this.episode.duration / 1000;
    this.key = `place:${this.episode.guid}`;
    this.chapters = [...document.querySelectorAll(".chapters a[data-start]")];
    this.chapterStarts = this.chapters.map((link) => link.dataset.start / 1000);
    this.chapter = -1;
    this.waiting = null;
    this.lastChapter = null; // after which it is to stop
    this.isDragging = false;
    const words = byId("words");
    const acts = { play: (seconds) => this.playFrom(seconds), leave: () => this.leave() };
    this.transcript = words ? new Transcript(words, acts) : null;
  }

  start() {
    this.audio.controls = false;
    byId("controls").hidden = false;
    byId("help").hidden = false;
    for (const id of ["previous", "next"]) byId(id).hidden = this.chapters.length < 2;
    this.drawTicks();
    this.listen();
    this.takeUp();
    this.setSpeed(memory.get("speed") ?? "1");
    this.setVolume(Number(memory.get("volume") ?? 100));
    this.search = this.transcript ? new Search(this.transcript, () => this.leave()) : null;
    new Keys(this).start();
    offerMediaKeys(this);
    this.show();
  }

  // --- time

  // Until the browser knows the sound, the place that is wanted.
  get time() {
    return this.waiting ?? this.audio.currentTime;
  }

  seek(seconds) {
    const wanted = Math.min(Math.max(0, seconds), this.duration);
    if (this.audio.readyState >= HTMLMediaElement.HAVE_METADATA) {
      this.audio.currentTime = wanted;
    } else {
      this.waiting = wanted;
    }
    this.show();
  }

  async play() {
    try {
      await this.audio.play();
    } catch (error) {
      // A pause, or another place, cuts off what was about to play: that is no failure.
      if (error.name !== "AbortError") this.tell("Press play to listen.");
    }
  }

  toggle() {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  playFrom(seconds) {
    this.seek(seconds);
    this.play();
  }

  skip(seconds) {
    this.seek(this.time + seconds);
  }

  // To the start of a chapter; back goes to its own start first, as players of records do.
  skipChapter(step) {
    const isInside = this.time - (this.chapterStarts[this.chapter] ?? 0) > 3;
    const wanted = this.chapter + step + (step < 0 && isInside ? 1 : 0);
    if (wanted < this.chapters.length) this.seek(this.chapterStarts[Math.max(0, wanted)] ?? 0);
  }

  // --- what is remembered

  takeUp() {
    if (this.goToAddress()) return;
    const isWanted = location.hash === "#play";
    if (isWanted) history.replaceState(null, "", location.href.split("#")[0]);
    this.goOn();
    if (isWanted) this.play();
  }

  goOn() {
    const place = Number(memory.get(this.key));
    if (!(place > 1 && place < this.duration)) return;
    this.seek(place);
    this.tell(`Taken up at ${clock(place)}.`);
  }

  goToAddress() {
    const seconds = secondsIn(location.hash);
    if (seconds === null) return false;
    this.seek(seconds);
    // Loaded anew, the page goes on where the listener was, and not where the link led.
    history.replaceState(null, "", location.href.split("#")[0]);
    return true;
  }

  remember() {
    if (this.waiting !== null) return;
    const isOver = this.audio.ended || this.time > this.duration - NEARLY_OVER;
    if (isOver) memory.set(this.key, "end");
    else if (this.time > 1) memory.set(this.key, this.time.toFixed(2));
  }

  // --- controls

  listen() {
    const { audio } = this;
    const on = (id, act) => byId(id).addEventListener("click", act);
    on("play", () => this.toggle());
    on("back", () => this.skip(-STEP_BACK));
    on("forward", () => this.skip(STEP_FORWARD));
    on("previous", () => this.skipChapter(-1));
    on("next", () => this.skipChapter(1));
    on("mute", () => this.mute());
    on("share", () => this.share());
    on("follow", () => this.follow(true));
    byId("sleep").addEventListener("change", (event) => this.setSleep(event.target.value));
    byId("speed").addEventListener("change", (event) => this.setSpeed(event.target.value));
    byId("volume").addEventListener("input", (event) => this.setVolume(Number(event.target.value)));
    byId("place").addEventListener("input", (event) => this.drag(Number(event.target.value)));
    byId("place").addEventListener("change", (event) => this.drop(Number(event.target.value)));
    for (const link of this.chapters) link.addEventListener("click", (event) => this.openChapter(event, link));
    addEventListener("hashchange", () => this.goToAddress());
    audio.addEventListener("loadedmetadata", () => this.ready());
    for (const name of ["play", "pause", "seeked", "timeupdate", "ended"]) audio.addEventListener(name, () => this.show());
    for (const name of ["pause", "seeked", "ended"]) audio.addEventListener(name, () => this.remember());
    audio.addEventListener("play", () => memory.set("last", this.episode.guid));
    audio.addEventListener("play", () => this.watch());
    audio.addEventListener("error", () => this.tell("The recording cannot be loaded. Try again with a connection."));
    addEventListener("pagehide", () => this.remember());
    document.addEventListener("visibilitychange", () => this.remember());
    setInterval(() => audio.paused || this.remember(), 5000);
    this.listenForScrolling();
  }

  // Only what the reader does with hand or keys counts: the page scrolls by itself, too.
  listenForScrolling() {
    const keys = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"];
    const isElsewhere = (event) => !event.target.closest?.(".player, .chapters");
    for (const name of ["wheel", "touchmove"]) {
      addEventListener(name, (event) => isElsewhere(event) && this.leave(), { passive: true });
    }
    addEventListener("keydown", (event) => keys.includes(event.key) && isElsewhere(event) && this.leave());
    addEventListener("pointerdown", ({ clientX }) => clientX >= document.documentElement.clientWidth && this.leave());
  }

  leave() {
    if (!this.audio.paused) this.follow(false);
  }

  ready() {
    if (this.waiting === null) return;
    this.audio.currentTime = this.waiting;
    this.waiting = null;
    this.show();
  }

  openChapter(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.playFrom(link.dataset.start / 1000);
  }

  drag(seconds) {
    this.isDragging = true;
    this.showTime(seconds);
  }

  drop(seconds) {
    this.isDragging = false;
    this.seek(seconds);
  }

  follow(isFollowing) {
    this.transcript?.follow(isFollowing);
    this.showFollow();
  }

  setSpeed(speed) {
    const select = byId("speed");
    if (![...select.options].some((option) => option.value === speed)) return;
    select.value = speed;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = Number(speed);
    memory.set("speed", speed);
  }

  changeSpeed(step) {
    const { options, selectedIndex } = byId("speed");
    const option = options[selectedIndex + step];
    if (!option) return;
    this.setSpeed(option.value);
    this.tell(`Speed ${option.textContent}`);
  }

  // Minutes, or "chapter" for the end of the one that is heard; nothing for never.
  setSleep(chosen) {
    clearTimeout(this.sleep);
    this.lastChapter = chosen === "chapter" ? this.chapter : null;
    if (Number(chosen)) this.sleep = setTimeout(() => this.fallAsleep(), Number(chosen) * 60_000);
  }

  fallAsleep() {
    this.audio.pause();
    this.lastChapter = null;
    byId("sleep").value = "";
    this.tell("Stopped, as you asked.");
  }

  // Where the device alone sets it, as phones of Apple's do, there is no slider.
  setVolume(percent) {
    const wanted = Math.min(100, Math.max(0, percent));
    this.audio.volume = wanted / 100;
    byId("volume").hidden = Math.abs(this.audio.volume - wanted / 100) > 0.01;
    byId("volume").value = String(wanted);
    memory.set("volume", String(wanted));
  }

  changeVolume(step) {
    this.setVolume(Number(byId("volume").value) + step);
    this.tell(`Volume ${byId("volume").value}%`);
  }

  mute() {
    this.audio.muted = !this.audio.muted;
    byId("mute").setAttribute("aria-pressed", String(this.audio.muted));
  }

  async share() {
    const address = new URL(location.href);
    address.hash = `t=${Math.floor(this.time)}`;
    try {
      await navigator.clipboard.writeText(address.href);
      this.tell(`Link to ${clock(this.time)} copied.`);
    } catch {
      this.offerLink(address.href);
    }
  }

  // Where the page may not copy, the reader can.
  offerLink(address) {
    const field = document.createElement("input");
    field.readOnly = true;
    field.value = address;
    field.setAttribute("aria-label", "Link to this moment");
    byId("notice").replaceChildren(field);
    field.select();
  }

  tell(text) {
    clearTimeout(this.silence);
    byId("notice").textContent = text;
    this.silence = setTimeout(() => byId("notice").replaceChildren(), 6000);
  }

  // --- what is seen

  // While it plays, at every frame that is drawn: a word may last a tenth of a second.
  watch() {
    if (this.audio.paused) return;
    this.show();
    requestAnimationFrame(() => this.watch());
  }

  show() {
    const { paused } = this.audio;
    const button = byId("play");
    if (button.classList.contains("playing") === paused) {
      button.classList.toggle("playing", !paused);
      button.setAttribute("aria-label", paused ? "Play" : "Pause");
    }
    if (!this.isDragging) this.showTime(this.time);
    this.showChapter();
    this.transcript?.show(this.time, !paused);
    this.showFollow();
  }

  showTime(seconds) {
    const whole = Math.floor(seconds);
    if (whole === this.shownTime) return;
    this.shownTime = whole;
    const slider = byId("place");
    slider.value = String(whole);
    slider.setAttribute("aria-valuetext", `${inWords(seconds)} of ${inWords(this.duration)}`);
    byId("track").style.setProperty("--heard", String(seconds / Math.max(1, this.duration)));
    byId("now").textContent = clock(seconds);
    tellPosition(this);
  }

  showChapter() {
    const chapter = lastUpTo(this.chapterStarts, this.time + 0.001);
    if (chapter === this.chapter) return;
    if (this.lastChapter !== null && chapter === this.lastChapter + 1 && !this.audio.paused) this.fallAsleep();
    this.chapters[this.chapter]?.removeAttribute("aria-current");
    this.chapter = chapter;
    const link = this.chapters[chapter];
    link?.setAttribute("aria-current", "true");
    byId("current").textContent = link?.querySelector(".name").firstChild.textContent ?? this.episode.title;
    if (link) bringIntoView(link, byId("chapters"));
    this.showPicture(link?.dataset.image);
    tellChapter(this, link);
  }

  // The picture of a chapter, as large as the cover and in its place.
  showPicture(image) {
    const cover = byId("cover");
    if (!cover) return;
    this.cover ??= cover.getAttribute("src");
    const wanted = image ?? this.cover;
    if (cover.getAttribute("src") !== wanted) cover.src = wanted;
  }

  showFollow() {
    const { transcript, audio } = this;
    byId("follow").hidden = !transcript || transcript.isFollowing || audio.paused;
  }

  drawTicks() {
    const ticks = this.chapterStarts.filter((start) => start > 0 && start < this.duration).map((start) => {
      const tick = document.createElement("i");
      tick.style.left = `${(100 * start) / this.duration}%`;
      return tick;
    });
    byId("ticks").replaceChildren(...ticks);
  }
}

// A list that scrolls by itself is scrolled as far as is needed; the page stays where it is.
function bringIntoView(element, list) {
  const [one, all] = [element, list].map((each) => each.getBoundingClientRect());
  if (list.scrollHeight <= list.clientHeight) return;
  if (one.top < all.top) list.scrollTop += one.top - all.top;
  else if (one.bottom > all.bottom) list.scrollTop += one.bottom - all.bottom;
}

// "#t=75", "#t=1:15" and "#t=1m15s" are one place; null for none.
function secondsIn(hash) {
  const told = /^#t=(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(hash) ?? /^#t=(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(hash);
  if (!told || hash === "#t=") return null;
  const [hours, minutes, seconds] = told.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}
