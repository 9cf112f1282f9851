export const lifetimeOf = (operation, answer) => {
    if (!operation.isRead)
        return undefined;
    const { lifetime } = operation;
    return typeof lifetime === 'function' ? lifetime(answer) : lifetime;
};
