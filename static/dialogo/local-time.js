// Adds the reader's own time wherever none of the printed clocks shows it, and keeps "15:00-18:00" and "GMT-5" whole
// (Chromium breaks a line after a hyphen). Without this script nothing is missing.
(() => {
  const words = document.currentScript.dataset;
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const two = (number) => String(number).padStart(2, "0");
  const hour = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const minutesFromUtc = (moment) => -moment.getTimezoneOffset();

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...content);
    return made;
  };

  const zoneName = (moment) => {
    const minutes = minutesFromUtc(moment);
    const distance = Math.abs(minutes);
    if (!distance) return "GMT";
    return `GMT${minutes < 0 ? "-" : "+"}${Math.floor(distance / 60)}${distance % 60 ? ":" + two(distance % 60) : ""}`;
  };

  // Whole days between the date that the reader's calendar shows and the one printed on the page.
  const daysApart = (moment, printedOffset) => {
    const printed = new Date(moment.getTime() + printedOffset * 60000);
    const read = Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
    return Math.round((read - Date.UTC(printed.getUTCFullYear(), printed.getUTCMonth(), printed.getUTCDate())) / 86400000);
  };

  const patternFor = (kind, days) => {
    if (!days) return words.sameDay;
    if (kind === "session") return words.otherDay;
    return days > 0 ? words.nextDay : words.previousDay;
  };

  const lineFor = (kind, starts, ends, printedOffset) => {
    const hours = `${hour(starts)}-${hour(ends)}`;
    if (kind === "item") {
      return element("span", "reading your-time", element("span", "hours", hours), " ", element("span", "zone", words.short));
    }
    const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }).format(starts);
    const pattern = patternFor(kind, daysApart(starts, printedOffset));
    return element("p", "your-time", pattern.replace("{day}", day).replace("{hours}", hours).replace("{zone}", zoneName(starts)));
  };

  for (const line of document.querySelectorAll(".times")) {
    const pieces = line.textContent.split(/(\S+-\S+)/);
    line.replaceChildren(...pieces.map((text, index) => (index % 2 ? element("span", "nb", text) : text)));
  }

  for (const place of document.querySelectorAll("[data-local]")) {
    const { local: kind, starts: from, ends: to, offsets } = place.dataset;
    const starts = new Date(from);
    const printed = offsets.split(" ").map(Number);
    if (printed.includes(minutesFromUtc(starts))) continue;
    place.insertBefore(lineFor(kind, starts, new Date(to), printed[0]), place.querySelector(":scope > .tag"));
  }
})();
