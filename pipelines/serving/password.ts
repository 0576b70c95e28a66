// Named imports would keep the whole program from starting where Node has no argon2.
import * as crypto from 'node:crypto';
import { promisify } from 'node:util';
import { ConfigError } from '../errors.ts';

/** The second recommended option of RFC 9106: 64 MiB, three passes. */
const COST = { memory: 65_536, passes: 3, parallelism: 4 };
/** What a hash begins with. */
const HEAD = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$`;
const TAG_LENGTH = 32;
const SALT_LENGTH = 16;
/** Shorter ones are guessed (NIST SP 800-63B asks for eight at least); longer ones are no password. */
const LENGTHS = { least: 12, most: 1024 };

const written =
    /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Whether a text is the hash of a password as `hashPassword` writes it. */
export const isPasswordHash = (text: string) => written.test(text);

/**
 * The argon2id hash of a password, as other programs write it too (PHC string format).
 * @throws ConfigError for one that is too short or too long, and where Node is too old
 */
export async function hashPassword(password: string): Promise<string> {
    const { length } = password;
    if (length < LENGTHS.least || length > LENGTHS.most) {
        throw new ConfigError({
            what: 'The password is not taken.',
            expected: `${LENGTHS.least} to ${LENGTHS.most} characters`,
            got: `${length}`,
            fix: 'choose a longer one, for example four words',
        });
    }
    const nonce = crypto.randomBytes(SALT_LENGTH);
    const tag = await derive(password, nonce, COST, TAG_LENGTH);
    return `${HEAD}${unpadded(nonce)}$${unpadded(tag)}`;
}

/** Whether a password is the one of a hash; takes the same time wherever it differs. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
    const [, memory, passes, parallelism, salt = '', tag = ''] = written.exec(hash) ?? [];
    if (tag === '' || password.length > LENGTHS.most) return false;
    const expected = Buffer.from(tag, 'base64');
    const cost = {
        memory: Number(memory),
        passes: Number(passes),
        parallelism: Number(parallelism),
    };
    const found = await derive(password, Buffer.from(salt, 'base64'), cost, expected.length);
    return crypto.timingSafeEqual(found, expected);
}

/** One letter can be typed in several ways; NFKC makes them one. */
function derive(password: string, nonce: Buffer, cost: typeof COST, tagLength: number) {
    if (crypto.argon2 === undefined) {
        throw new ConfigError({
            what: `Passwords need argon2id, which Node ${process.version} does not have.`,
            fix: 'install Node 24.7 or newer, or let people sign in with serve.open_id',
        });
    }
    const message = password.normalize('NFKC');
    return promisify(crypto.argon2)('argon2id', { message, nonce, tagLength, ...cost });
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** Of somebody who is not there: asked for as long as that of somebody who is, and never right. */
export const NOBODYS_HASH = `${HEAD}${'A'.repeat(22)}$${'A'.repeat(43)}`;
