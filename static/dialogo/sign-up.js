// Adds and removes participants without a round trip; without this script the same buttons do it on the server.
"use strict";
const list = document.getElementById("participants");
const blank = document.getElementById("blank-participant");
const addButton = document.getElementById("add-participant");
const total = document.getElementById("id_participants-TOTAL_FORMS");
const MOST = 50;

function renumber() {
  const people = list.querySelectorAll(".participant");
  people.forEach((person, index) => {
    for (const element of person.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll(/participants-(\d+|__prefix__)-/g, `participants-${index}-`));
      }
    }
    number(person.querySelector("legend"), index + 1);
    const remove = person.querySelector(".remove-participant");
    if (remove) { number(remove, index + 1); remove.value = `remove-${index}`; remove.hidden = people.length === 1; }
  });
  total.value = people.length;
  addButton.disabled = people.length >= MOST;
}

// Chromium breaks a line after the hyphen of "GMT-5"; a word joiner keeps it whole.
for (const page of [document, blank.content]) {
  for (const label of page.querySelectorAll(".participant .form-check-label")) label.textContent = label.textContent.replaceAll("-", "-\u2060");
}

function number(element, value) {
  element.textContent = element.textContent.replace(/\d+|__number__/, value);
}

addButton.addEventListener("click", (event) => {
  event.preventDefault();
  list.append(blank.content.cloneNode(true));
  renumber();
  list.lastElementChild.querySelector("input, select").focus();
});

list.addEventListener("click", (event) => {
  if (!event.target.matches(".remove-participant") || !list.querySelector(".participant:nth-child(2)")) return;
  event.preventDefault();
  const person = event.target.closest(".participant");
  const neighbour = person.previousElementSibling || person.nextElementSibling;
  person.remove();
  renumber();
  neighbour.querySelector("input, select").focus();
});
