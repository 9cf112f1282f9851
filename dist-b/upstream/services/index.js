// The services that the gateway speaks to. What is true of them and of their operations stands in their rows.
import { ivs } from './ivs.js';
import { ivsRealtime } from './ivs-realtime.js';
export const services = { ivs, 'ivs-realtime': ivsRealtime };
const resources = new Map(Object.values(services).flatMap((service) => Object.entries(service.resources)));
/** To what resources of a type belong, by its name in ARNs. */
export const ownershipOf = (type) => resources.get(type)?.owner ?? null;
