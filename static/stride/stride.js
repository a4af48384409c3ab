// Improves pages that already work without it. Everything is found by class or data attribute.

const frontendUrl = document.querySelector('meta[name="govuk-frontend"]')?.content;
const { initAll } = frontendUrl ? await import(frontendUrl) : { initAll: () => {} };

function start(scope, onError) {
  initAll({ scope, onError });
  scope.querySelectorAll(".stride-scroll").forEach(watchOverflow);
  plainRadios();
}

// A radio button may not be "expanded"; the design system's script says so all the same.
function plainRadios() {
  document.querySelectorAll(".govuk-radios__input[aria-expanded]").forEach((radio) => {
    radio.removeAttribute("aria-expanded");
  });
}

// A scrolling region needs a tab stop only while it has something to scroll to.
function watchOverflow(region) {
  const update = () => {
    const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
    if (scrolls) region.setAttribute("tabindex", "0");
    else region.removeAttribute("tabindex");
  };
  new ResizeObserver(update).observe(region);
  update();
}

// The second press of a button must not send the form twice. Released when the page comes back or a file came down.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post], [data-resubmit]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  setTimeout(plainRadios);
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

document.addEventListener("click", (event) => {
  if (event.target.matches(".govuk-radios__input")) plainRadios();
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-autosubmit]")) event.target.form.requestSubmit();
});

document.body.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]');
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
});
// Fires for each element that a swap brought in. Its neighbours have started already, and say so: not an error.
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt.parentElement, () => {});
});

start(document);
