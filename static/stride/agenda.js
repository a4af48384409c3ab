// Items of an agenda can be dragged into order. The buttons do the same without this, and by keyboard.

const form = document.querySelector("[data-agenda]");
const list = form?.querySelector(".stride-order");
let dragged = null;
let before = "";

const items = () => [...list.querySelectorAll("[data-key]")];
const order = () => items().map((item) => item.dataset.key).join();

function send() {
  for (const item of items()) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "order";
    field.value = item.dataset.key;
    form.append(field);
  }
  form.submit();
}

// The item that the dragged one belongs in front of: the first whose middle is below the pointer.
function following(y) {
  return items().find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged && y < box.top + box.height / 2;
  });
}

if (list) {
  for (const item of items()) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-key]");
    before = order();
    dragged.classList.add("stride-order__item--dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.key);
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    list.insertBefore(dragged, following(event.clientY) ?? null);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", (event) => {
    dragged.classList.remove("stride-order__item--dragged");
    dragged = null;
    if (event.dataTransfer.dropEffect === "none") {
      for (const key of before.split(",")) list.append(list.querySelector(`[data-key="${key}"]`));
    } else if (order() !== before) send();
  });
}
