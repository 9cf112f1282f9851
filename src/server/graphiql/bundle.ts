// What GraphiQL can do and Yoga's build of it offers no option for. The build is pinned: with another one, each of these
// is found in it once, or the page is not made.
interface Amendment {
  what: string;
  find: RegExp;
  put: (...groups: string[]) => string;
}

const historyPlugin = /(\w+)=\{title:"History",icon:/;

const amendments: readonly Amendment[] = [
  {
    // GraphiQL's own default, which Yoga's list of plugins replaces.
    what: 'a list of plugins',
    find: /\bplugins:\[(\w+)\],schemaDescription:/,
    put: (explorer, history) => `plugins:[${history},${explorer}],schemaDescription:`,
  },
  {
    // What GraphiQL throws (a syntax error, a gateway that is gone) would show its stack, of minified names.
    what: 'a stack in an error',
    find: /\{message:(\w+)\.message,stack:\1\.stack\}/,
    put: (error) => `{message:${error}.message}`,
  },
];

export function amend(page: string): string {
  const [, history = ''] = foundOnce(page, 'a history', historyPlugin);
  return amendments.reduce((text, { what, find, put }) => {
    const [whole, group = ''] = foundOnce(text, what, find);
    return text.replace(whole, () => put(group, history));
  }, page);
}

function foundOnce(text: string, what: string, find: RegExp): RegExpExecArray {
  const [found, ...more] = text.matchAll(new RegExp(find, 'g'));
  if (!found || more.length > 0) throw new Error(`Expected GraphiQL to hold ${what} once: ${find}`);
  return found;
}
