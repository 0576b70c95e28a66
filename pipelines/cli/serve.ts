import { existsSync } from 'node:fs';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';
import { type Config, readSecret } from '../config.ts';
import { ConfigError } from '../errors.ts';
import { createGate } from '../serving/gate.ts';
import { createOpenId, type OpenId } from '../serving/open-id.ts';
import { CALLBACK } from '../serving/provider-sign-in.ts';
import { serveSite } from '../serving/serve.ts';
import type { Context } from './context.ts';
import { usersFile } from './users.ts';

/** Serves the pages of a company until the process is stopped. */
export async function serveUntilStopped(context: Context, port: number): Promise<void> {
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
        throw new ConfigError({ what: '--port is no port.', fix: 'give a number up to 65535' });
    }
    const { config, paths } = context;
    const { company, serve: settings } = config;
    const gate = createGate({
        company,
        settings,
        usersFile: usersFileOf(config),
        openId: openIdOf(config),
        words: createWords(readCatalogue(messagesFile(company.language)), company),
    });
    const serving = await serveSite(paths.site, port, { gate });
    const who = gate.isOpen ? 'everybody at this machine reads all pay' : 'people sign in';
    process.stderr.write(`${company.name}: ${serving.url}  (${who}; stop with Ctrl-C)\n`);
}

/**
 * People sign in once there is a file of them: it cannot vanish without a word where the config names it,
 * or where somebody else says who asks.
 */
function usersFileOf(config: Config): string | undefined {
    const { serve } = config;
    const file = usersFile(config);
    const isNamed = serve.users !== undefined;
    const isNeeded = serve.open_id !== undefined || serve.identity_header !== undefined;
    return isNamed || isNeeded || existsSync(file) ? file : undefined;
}

function openIdOf(config: Config): OpenId | undefined {
    const { open_id: settings, public_url: address } = config.serve;
    if (settings === undefined || address === undefined) return undefined;
    return createOpenId({
        issuer: settings.issuer,
        clientId: settings.client_id,
        clientSecret: readSecret(config, 'open_id', 'client_secret'),
        redirect: new URL(CALLBACK, address).href,
        claim: settings.claim,
    });
}
