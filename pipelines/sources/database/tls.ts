import { ConfigError } from '../../errors.ts';
import type { Tools } from '../api/connector.ts';
import type { DatabaseSettings } from './settings.ts';

/** What a driver is told of TLS; undefined without it. */
export function tlsOf({ tls }: Pick<DatabaseSettings, 'tls'>, secret: Tools['secret']) {
    if (tls === 'off') return undefined;
    const ca = optional(secret, 'ca');
    return { rejectUnauthorized: tls === 'verified', ...(ca === undefined ? {} : { ca }) };
}

function optional(secret: Tools['secret'], name: string): string | undefined {
    try {
        return secret(name);
    } catch (error) {
        // That a file which is named is not there is said; that nothing is named is how it may be.
        if (error instanceof ConfigError && !/names no file/.test(error.message)) return undefined;
        throw error;
    }
}
