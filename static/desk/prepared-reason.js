/* Picking a prepared reason shows its texts in the fields, where nothing else was written. */
"use strict";
const prepared = [...document.querySelectorAll("input[name=prepared]")];
for (const language of ["en", "es"]) {
  const field = document.getElementById(`id_reason_${language}`);
  const texts = new Set(["", ...prepared.map((choice) => choice.dataset[language])]);
  for (const choice of field ? prepared : []) {
    choice.addEventListener("change", () => {
      if (texts.has(field.value.trim())) field.value = choice.dataset[language] || "";
    });
  }
}
