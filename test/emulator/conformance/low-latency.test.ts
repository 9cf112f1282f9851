import { conform } from './conformance.ts';

conform('ivs');
