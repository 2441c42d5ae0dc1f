// Adds the reader's own time wherever none of the printed clocks shows it. Without this script nothing is missing.
(() => {
  const words = document.currentScript.dataset;
  const language = document.documentElement.lang;
  const two = (number) => String(number).padStart(2, "0");
  const hour = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const minutesFromUtc = (moment) => -moment.getTimezoneOffset();

  const zoneName = (moment) => {
    const minutes = minutesFromUtc(moment);
    const distance = Math.abs(minutes);
    if (!distance) return "GMT";
    return `GMT${minutes < 0 ? "-" : "+"}${Math.floor(distance / 60)}${distance % 60 ? ":" + two(distance % 60) : ""}`;
  };

  const isOtherDay = (moment, printedOffset) => {
    const printed = new Date(moment.getTime() + printedOffset * 60000);
    return printed.getUTCDate() !== moment.getDate();
  };

  const sentence = (kind, starts, ends, printedOffset) => {
    const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }).format(starts);
    const pattern = kind === "short" ? words.short : isOtherDay(starts, printedOffset) ? words.lineOtherDay : words.line;
    return pattern.replace("{day}", day).replace("{hours}", `${hour(starts)}-${hour(ends)}`).replace("{zone}", zoneName(starts));
  };

  for (const place of document.querySelectorAll("[data-local]")) {
    const { local: kind, starts: from, ends: to, offsets } = place.dataset;
    const [starts, ends] = [new Date(from), new Date(to)];
    const printed = offsets.split(" ").map(Number);
    if (printed.includes(minutesFromUtc(starts))) continue;
    const line = document.createElement(kind === "short" ? "span" : "p");
    line.className = kind === "short" ? "reading your-time" : "your-time";
    line.textContent = sentence(kind, starts, ends, printed[0]);
    const tag = place.querySelector(":scope > .tag");
    place.insertBefore(line, tag);
  }
})();
