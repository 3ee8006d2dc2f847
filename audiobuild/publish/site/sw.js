// The worker behind the pages: what is new comes from the server, and what was kept answers where there is none.
"use strict";

const VERSION = "@VERSION@";
const SHELL = "@SHELL@";
const SHELLS = `audiobuild-shell ${self.registration.scope} `;
const LOOSELY = { ignoreSearch: true, ignoreVary: true };

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clean().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(request.headers.has("range") ? answerRange(request) : answer(request));
});

async function fill() {
  const cache = await caches.open(SHELLS + VERSION);
  for (const file of SHELL) await renew(cache, new URL(file, self.registration.scope).href);
}

async function renew(cache, address) {
  const fresh = await fetch(address, { cache: "no-cache" });
  if (!fresh.ok) throw new Error(`${fresh.status} ${address}`);
  await cache.put(address, new Response(fresh.body, { headers: fresh.headers }));
}

async function clean() {
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELLS) && name !== SHELLS + VERSION) await caches.delete(name);
  }
}

async function answer(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok && isList(request)) await keepList(fresh.clone());
    return fresh;
  } catch (error) {
    const kept = (await caches.match(request.url, LOOSELY)) ?? (request.mode === "navigate" ? await list() : null);
    if (kept) return kept;
    throw error;
  }
}

// The list of episodes grows, and is kept as it was seen last.
function isList(request) {
  const { pathname } = new URL(request.url);
  return request.mode === "navigate" && /\/(index\.html)?$/.test(pathname);
}

async function keepList(fresh) {
  const cache = await caches.open(SHELLS + VERSION);
  await cache.put(new URL("index.html", self.registration.scope).href, new Response(fresh.body, { headers: fresh.headers }));
}

function list() {
  return caches.match(new URL("index.html", self.registration.scope).href, LOOSELY);
}

// Players ask for a part of a file; a cache holds whole ones. Source: RFC 9110, 14.
async function answerRange(request) {
  const kept = await caches.match(request.url, LOOSELY);
  if (!kept) return fetch(request);
  const sound = await kept.blob();
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range"));
  if (!range || (!range[1] && !range[2])) return new Response(sound, { headers: kept.headers });
  const first = range[1] ? Number(range[1]) : Math.max(0, sound.size - Number(range[2]));
  const last = range[1] && range[2] ? Math.min(Number(range[2]), sound.size - 1) : sound.size - 1;
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${sound.size}` } });
  const headers = new Headers(kept.headers);
  headers.set("Accept-Ranges", "bytes");
  headers.set("Content-Length", String(last - first + 1));
  headers.set("Content-Range", `bytes ${first}-${last}/${sound.size}`);
  return new Response(sound.slice(first, last + 1), { status: 206, headers });
}
