// Node's module loader becomes hot while it loads the 150 modules of the emulator. V8's optimizing compiler would occupy 4 MB
// for code that does not run again. So it waits until the emulator listens.
import { setFlagsFromString } from 'node:v8';

export const pauseOptimizer = (): void => setFlagsFromString('--no-opt');
export const resumeOptimizer = (): void => setFlagsFromString('--opt');
