/* Single keys on the review screen: what carries data-key is pressed, or opened, by that key. Never while somebody types, and not at all
   where the box is not ticked (WCAG 2.1.4). */
"use strict";
const panel = document.querySelector(".shortcuts");
const box = document.getElementById("shortcuts-on");
let isDone = false;

panel.hidden = false;
box.checked = localStorage.getItem("desk-shortcuts") !== "off";
box.addEventListener("change", () => localStorage.setItem("desk-shortcuts", box.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("details[open]");
  if (event.key === "Escape" && form) return leave(form);
  const isTyping = event.target !== box && event.target.closest("input, textarea, select, [contenteditable]");
  if (isDone || !box.checked || isTyping || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("details")) return enter(target);
  isDone = true; // one key, one decision: the page is on its way to the next person
  target.click();
});

function enter(details) {
  details.open = true;
  details.querySelector("input:not([type=hidden]), textarea").focus();
}

function leave(details) {
  details.open = false;
  details.querySelector("summary").focus();
}
