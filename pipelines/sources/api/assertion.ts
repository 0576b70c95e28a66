import { createPrivateKey } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { ConfigError } from '../../errors.ts';

/** The grant by which an assertion becomes a token, RFC 7523. */
export const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Says, signed with RS256, on whose behalf is asked.
 * @param key in PEM form; in an environment variable, in which a key stands in one line, with `\\n` for its line ends
 * @param fix what to do with a key that cannot be read
 * @throws ConfigError for a key that is none
 */
export async function signAssertion(
    connection: string,
    claims: JWTPayload,
    key: string,
    fix: string,
): Promise<string> {
    try {
        const privateKey = createPrivateKey(key.replaceAll('\\n', '\n'));
        return await new SignJWT(claims)
            .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
            .sign(privateKey);
    } catch (cause) {
        throw new ConfigError({
            what: `${connection}: the private key cannot be read.`,
            fix,
            cause,
        });
    }
}
