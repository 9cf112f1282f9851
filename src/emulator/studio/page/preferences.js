// What the browser remembers: the theme, and whether keys are shortcuts.
/** Light, dark, or as the system has it. */
const THEME = 'ivs-studio:theme';
const themes = ['auto', 'light', 'dark'];

export const theme = () =>
  themes.includes(localStorage.getItem(THEME)) ? localStorage.getItem(THEME) : 'auto';

export function applyTheme() {
  document.documentElement.dataset.theme = theme();
}

export function nextTheme() {
  localStorage.setItem(THEME, themes[(themes.indexOf(theme()) + 1) % themes.length]);
  applyTheme();
}

const KEYS = 'ivs-studio:keys';

export const hasKeys = () => localStorage.getItem(KEYS) !== 'off';
export const setKeys = (isOn) => localStorage.setItem(KEYS, isOn ? 'on' : 'off');
