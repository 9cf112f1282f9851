// What is wrong with a page that is shown. These run in it.

/** Texts that stand out less from their background than WCAG 2.2 wants (1.4.3, AA), with their contrast. */
export function illegible(): string[] {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (color: string) => {
    if (!canvas) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = rgba(color).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backOf = (element: Element | null): string => {
    if (!element) return 'white';
    const { backgroundColor } = getComputedStyle(element);
    return rgba(backgroundColor)[3] === 255 ? backgroundColor : backOf(element.parentElement);
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim()),
  );
  return texts
    .filter((element) => element.checkVisibility())
    .map((element) => {
      const levels = [luminance(getComputedStyle(element).color), luminance(backOf(element))].sort(
        (a, b) => a - b,
      );
      const contrast = ((levels[1] ?? 0) + 0.05) / ((levels[0] ?? 0) + 0.05);
      return { element, contrast };
    })
    .filter(({ contrast }) => contrast < 4.5)
    .map(({ element, contrast }) => `${element.textContent?.slice(0, 40)}: ${contrast.toFixed(2)}`);
}

/** What reaches beyond the right edge of the page, but within what scrolls by itself. */
export function tooWide(): string[] {
  const scrolls = (element: Element) => element.closest('nav, pre') !== null;
  return [...document.querySelectorAll('body *')]
    .filter((element) => !scrolls(element) && element.getBoundingClientRect().right > innerWidth + 0.5)
    .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`);
}

/** Controls without a name for those who do not see them. */
export function nameless(): string[] {
  const nameOf = (element: Element) => {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const label =
      labels[0] ?? element.closest('label') ?? document.querySelector(`label[for="${element.id}"]`);
    const own = element.matches('a, button') ? element.textContent : '';
    return element.getAttribute('aria-label') ?? (own || label?.textContent);
  };
  return [...document.querySelectorAll('a, button, input, select, textarea')]
    .filter((element) => !nameOf(element)?.trim())
    .map((element) => element.outerHTML);
}
