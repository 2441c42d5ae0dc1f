// Keeps "It begins in 2 days and 3 hours." true, asks the server again when the page has something else to say, and copies the
// name for the meeting room. Without this script nothing is missing: the server wrote the same sentence, and one can reload.
(() => {
  "use strict";
  const MINUTE = 60000;
  const block = document.getElementById("countdown");
  const { now, starts, changes, begins, began, justBegun } = block.dataset;
  const line = block.querySelector(".time-left");
  const language = document.documentElement.lang;
  const ahead = Date.parse(now) - Date.now(); // of a device whose clock is wrong
  const patience = Math.random() * 5000; // so that not everybody asks at the same moment

  const words = (minutes) => {
    const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
    const parts = [[days, "day"], [hours, "hour"], [days ? 0 : rest, "minute"]].filter(([number]) => number);
    const texts = parts.map(([number, unit]) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(number));
    return new Intl.ListFormat(language).format(texts);
  };

  const sentence = (left) => {
    if (left > 0) return begins.replace("{time}", words(Math.ceil(left / MINUTE)));
    const minutes = Math.floor(-left / MINUTE);
    return minutes ? began.replace("{time}", words(minutes)) : justBegun;
  };

  const tick = () => {
    const moment = Date.now() + ahead;
    const text = sentence(Date.parse(starts) - moment);
    if (line.textContent !== text) line.textContent = text; // a screen reader speaks only when the minute changes
    if (moment < Date.parse(changes) + patience) return;
    clearInterval(clock);
    location.reload();
  };
  const clock = setInterval(tick, 1000);

  const copy = document.getElementById("copy-room-name");
  if (!copy || !navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("room-name").textContent);
    copy.textContent = copy.dataset.copied;
  });
})();
