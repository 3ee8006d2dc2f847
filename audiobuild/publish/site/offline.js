// Keeping an episode: its page, its sound and its pictures go into a cache of its own, from which sw.js answers.

class Keeper {
  constructor(button, episode, tell) {
    this.button = button;
    this.label = button.querySelector("span");
    this.tell = tell;
    this.files = episode.files;
    this.sound = episode.sound;
    this.bytes = episode.bytes;
    this.stopping = null;
    this.cacheName = `audiobuild-kept ${new URL("./", location).href} ${episode.guid}`;
  }

  static get isPossible() {
    return isServed && isSecureContext && "serviceWorker" in navigator && "caches" in window;
  }

  async start() {
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.pressed());
    await this.show();
  }

  // A cache without this very sound is of an older revision of the episode.
  async isKept() {
    return (await caches.has(this.cacheName)) && Boolean(await (await caches.open(this.cacheName)).match(this.sound));
  }

  async show() {
    const kept = await this.isKept();
    this.button.setAttribute("aria-pressed", String(kept));
    this.label.textContent = kept ? "Kept offline" : "Keep offline";
  }

  async pressed() {
    if (this.stopping) {
      this.stopping.abort();
    } else if (await this.isKept()) {
      await caches.delete(this.cacheName);
      this.tell("No longer kept offline.");
      await this.show();
    } else {
      await this.keep();
    }
  }

  async keep() {
    this.stopping = new AbortController();
    try {
      await navigator.serviceWorker.ready;
      await navigator.storage?.persist?.();
      await caches.delete(this.cacheName);
      const cache = await caches.open(this.cacheName);
      for (const file of this.files) await cache.put(file, whole(await this.load(file)));
      await cache.put(this.sound, this.counted(await this.load(this.sound)));
      this.tell("Kept: this episode can be heard without a connection.");
    } catch (error) {
      await caches.delete(this.cacheName);
      this.tell(reasonOf(error));
    } finally {
      this.stopping = null;
      await this.show();
    }
  }

  async load(file) {
    const answer = await fetch(file, { signal: this.stopping.signal });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer;
  }

  // The sound as it comes, so that hours of it need not be held; cut short, it is not kept.
  counted(answer) {
    let loaded = 0;
    const meter = new TransformStream({
      transform: (chunk, out) => {
        loaded += chunk.byteLength;
        this.label.textContent = `Keeping… ${Math.floor((100 * loaded) / this.bytes)}%`;
        out.enqueue(chunk);
      },
      flush: () => {
        if (loaded !== this.bytes) throw new Error(`${loaded} bytes of ${this.bytes}`);
      },
    });
    return whole(answer, answer.body.pipeThrough(meter));
  }
}

// A copy without the trace of a redirection, which a browser would not take for a page.
function whole(answer, body = answer.body) {
  return new Response(body, { status: answer.status, headers: answer.headers });
}

function reasonOf(error) {
  if (error.name === "AbortError") return "Stopped: this episode is not kept.";
  if (error.name === "QuotaExceededError") return "Not kept: there is no room for it on this device.";
  return "Not kept: it could not be loaded. Try again with a connection.";
}
