// Keyboard shortcuts. They can be switched off, and do nothing in fields for text.
import { run } from './actions.js';
import { viewNames } from './frame.js';
import { hasKeys } from './preferences.js';
import { clockNow } from './scope.js';
import { go, store, viewAddress } from './store.js';
import { toast } from './toasts.js';

const focus = (selector) => document.querySelector(selector)?.focus();

function join() {
  const selector = 'form[data-submit="join"] input';
  if (document.querySelector(selector)) focus(selector);
  else toast('Open a stage first: j lets a participant join it');
}

const shortcuts = {
  '/': () => focus(document.querySelector('.content .search') ? '.content .search' : '.search'),
  j: join,
  p: () => run('pause', { isPaused: !store.isPaused }),
  f: () => store.state && run('freeze', { frozen: !store.state.clock.frozen, ...clockNow() }),
  t: () => run('theme', {}),
  '?': () => run('help', {}),
};

export function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || document.getElementById('dialog').open) return;
    const isTyping = target.matches?.('input, textarea, select');
    if (isTyping) {
      if (key === 'Escape') target.blur();
      return;
    }
    if (!hasKeys()) return;
    const view = viewNames[Number(key) - 1];
    const act = view ? () => go(viewAddress(view)) : shortcuts[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
