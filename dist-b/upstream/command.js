// The types of the SDK's commands.
export {};
