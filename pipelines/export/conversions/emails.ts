import { createHash } from 'node:crypto';

/** Without spaces, in lower case. */
export const plainEmail = (email: string): string => email.replaceAll(/\s/g, '').toLowerCase();

/** As Google compares addresses: in those of Gmail neither points nor what follows a plus count. */
export function googleEmail(email: string): string {
    const plain = plainEmail(email);
    const [, local = '', domain = ''] = /^(.*)@(.*)$/.exec(plain) ?? [];
    if (!['gmail.com', 'googlemail.com'].includes(domain)) return plain;
    return `${local.split('+')[0]?.replaceAll('.', '')}@${domain}`;
}

/** SHA-256 in hexadecimal; null for what is no address. */
export function hashEmail(
    email: string | null,
    normalise: (email: string) => string,
): string | null {
    if (email === null || !/^[^@]+@[^@]+$/.test(plainEmail(email))) return null;
    return createHash('sha256').update(normalise(email)).digest('hex');
}
