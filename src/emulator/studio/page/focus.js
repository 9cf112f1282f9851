// What has the focus keeps it when the page is shown anew. If it is gone, what has come in its place is focused: with the focus
// on nothing, the next press of Tab would begin at the top.

const FOCUSABLE = 'a[href], button, input, select, textarea';

/** Where the focus is: the element, and each that is around it with its place among its siblings. */
function placeOf(element) {
  const around = [];
  for (let child = element; child?.parentElement?.closest('main, header, nav'); child = child.parentElement)
    around.push({ parent: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
  return around;
}

function nearest(around) {
  const { parent, index } = around.find((one) => one.parent.isConnected) ?? {};
  if (!parent) return document.getElementById('main');
  const after = [...parent.children].slice(Math.min(index, parent.children.length - 1));
  const found = after.map((child) => (child.matches(FOCUSABLE) ? child : child.querySelector(FOCUSABLE)));
  return found.find(isVisible) ?? parent.closest('main, header, nav').querySelector(FOCUSABLE);
}

const isVisible = (element) => element?.checkVisibility();

export function keepFocus(render) {
  const focused = document.activeElement;
  const around = placeOf(focused);
  render();
  if (around.length === 0 || (focused === document.activeElement && isVisible(focused))) return;
  const next = focused.isConnected && isVisible(focused) ? focused : nearest(around);
  next?.focus({ preventScroll: next === focused });
}
