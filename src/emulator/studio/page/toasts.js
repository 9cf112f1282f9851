// Short messages at the corner of the page.
import { h } from './dom.js';

const SHOWN_MS = 5000;
const FAILURE_MS = 15_000;
const AT_MOST = 4;

export function toast(text, isFailure = false) {
  const region = document.getElementById('toasts');
  const close = h('button', { type: 'button', class: 'toast-close', 'aria-label': 'Dismiss' }, '×');
  const item = h('div', { class: isFailure ? 'toast failure' : 'toast' }, h('span', {}, text), close);
  close.addEventListener('click', () => item.remove());
  // A dialog is above all else but what is in it
  region.popover = 'manual';
  region.showPopover();
  region.append(item);
  while (region.children.length > AT_MOST) region.firstChild.remove();
  setTimeout(
    () => {
      item.remove();
      if (region.children.length === 0 && region.matches(':popover-open')) region.hidePopover();
    },
    isFailure ? FAILURE_MS : SHOWN_MS,
  );
}
