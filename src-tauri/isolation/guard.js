// Stands between the screens and the core: a script that should get into the screens can call what they can call, with
// arguments of the size that they have, and nothing else.
const ARGUMENTS_MAX = 64 * 1024;
// Pictures of 8 MB, in Base64.
const LARGER = new Map([['share_picture', 11.5 * 1024 * 1024]]);

globalThis.__TAURI_ISOLATION_HOOK__ = (message) => {
  if (!globalThis.MADOGUCHI_COMMANDS.has(message.cmd)) throw new Error(`no command ${message.cmd}`);
  const most = LARGER.get(message.cmd) ?? ARGUMENTS_MAX;
  if (JSON.stringify(message.payload ?? null).length > most) throw new Error('the arguments are too large');
  return message;
};

// Tauri's half of this frame says 50 ms after it began that it listens. It is said here as soon as it does, so that the
// first notices come so much earlier; hearing it twice changes nothing.
const listen = globalThis.addEventListener;
globalThis.addEventListener = (...listener) => {
  listen.call(globalThis, ...listener);
  if (listener[0] === 'message') globalThis.parent.postMessage('__TAURI_ISOLATION_READY__', '*');
};
