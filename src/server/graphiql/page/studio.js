// The way to the studio of the embedded emulator. It listens on this machine only: elsewhere there is no such link.

// biome-ignore lint/correctness/noUnusedVariables: for graphiql.js
function linkStudio(sidebar) {
  const { href } = document.querySelector('link[rel="ivs-studio"]') ?? {};
  if (!href || !/^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(location.hostname)) return;
  const link = document.createElement('a');
  Object.assign(link, { href, target: '_blank', rel: 'noopener', title: 'Emulator studio' });
  link.id = 'studio';
  link.setAttribute('aria-label', 'Emulator studio');
  link.textContent = '◉';
  sidebar.append(link);
}
