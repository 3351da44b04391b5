// The desk: what htmx leaves to us.
"use strict";

// A filter that changes shows its result at once; without scripts its button does.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) { form.requestSubmit(); }
});

// A deed that cannot be undone asks once more.
document.addEventListener("submit", (event) => {
  const question = event.submitter && event.submitter.dataset.sure;
  if (question && !window.confirm(question)) { event.preventDefault(); }
});

// A file that is too large is told of at once, not after it was sent.
document.addEventListener("change", (event) => {
  const chosen = event.target;
  if (!chosen.matches("input[data-most]")) { return; }
  const [file] = chosen.files;
  chosen.setCustomValidity(file && file.size > Number(chosen.dataset.most) ? chosen.dataset.large : "");
  chosen.reportValidity();
});

for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// Where the row of pages is too long for a screen, the present one is in sight.
const here = document.querySelector("body > header nav [aria-current]");
if (here) { here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24; }
