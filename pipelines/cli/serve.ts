import { ConfigError } from '../errors.ts';
import { serveSite } from '../run/serve.ts';
import type { Context } from './context.ts';

/** Serves the pages of a company until the process is stopped. */
export async function serveUntilStopped(context: Context, port: number): Promise<void> {
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
        throw new ConfigError({ what: '--port is no port.', fix: 'give a number up to 65535' });
    }
    const { company, serve } = context.config;
    const serving = await serveSite(context.paths.site, port, { hostNames: serve.host_names });
    process.stderr.write(`${company.name}: ${serving.url}  (stop with Ctrl-C)\n`);
}
