import { namesOf } from '../http/request-id.js';
/**
 * Mutations go where the log goes, at level info whatever LOG_LEVEL says: who wants less to read may not want less to know
 * of who changed what.
 */
export function auditTo(log) {
    const audit = log.child({ audit: true }, { level: 'info' });
    return (names, { issuer, subject }) => (entry) => audit.info({ ...namesOf(names), issuer, subject, ...entry }, 'mutation');
}
