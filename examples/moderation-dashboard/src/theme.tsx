import { useEffect, useState } from 'react';

type Theme = 'light dark' | 'light' | 'dark';
const names: Record<Theme, string> = { 'light dark': 'As the system', light: 'Light', dark: 'Dark' };

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = localStorage.getItem('theme') ?? '';
    return Object.hasOwn(names, stored) ? (stored as Theme) : 'light dark';
  });
  useEffect(() => {
    document.documentElement.style.colorScheme = theme;
    localStorage.setItem('theme', theme);
  }, [theme]);
  return (
    <label className="theme">
      Theme
      <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
        {Object.entries(names).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
