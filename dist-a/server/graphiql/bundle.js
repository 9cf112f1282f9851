const historyPlugin = /(\w+)=\{title:"History",icon:/;
const amendments = [
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
export function amend(page) {
    const [, history = ''] = foundOnce(page, 'a history', historyPlugin);
    return amendments.reduce((text, { what, find, put }) => {
        const [whole, group = ''] = foundOnce(text, what, find);
        return text.replace(whole, () => put(group, history));
    }, page);
}
function foundOnce(text, what, find) {
    const [found, ...more] = text.matchAll(new RegExp(find, 'g'));
    if (!found || more.length > 0)
        throw new Error(`Expected GraphiQL to hold ${what} once: ${find}`);
    return found;
}
