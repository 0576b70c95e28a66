import { watch } from 'node:fs';
import { join } from 'node:path';
import type { Words } from '../messages/words.ts';
import { assembleTemplate } from './assemble.ts';
import { messageOf } from './errors.ts';
import { ROOT, TEMPLATE } from './paths.ts';
import { ended, startNode } from './start-node.ts';

/**
 * Serves the pages while they are written: a saved page or component reloads in the browser.
 * Data are those exported when the server started. Ends when the server ends (Ctrl+C).
 */
export async function serveForAuthors(port: number, words: Words): Promise<void> {
    const env = { ...process.env, NODE_ENV: 'development', SEND_ANONYMOUS_USAGE_STATS: 'no' };
    const server = startNode(
        [join(ROOT, 'node_modules/vite/bin/vite.js'), 'dev', '--port', String(port)],
        { cwd: TEMPLATE, env, stdio: 'inherit' },
    );
    let pending: NodeJS.Timeout | undefined;
    const reassemble = () => {
        clearTimeout(pending);
        pending = setTimeout(() => {
            try {
                assembleTemplate(words);
            } catch (error) {
                process.stderr.write(`${messageOf(error)}\n`);
            }
        }, 100);
    };
    const folders = ['pages', 'components', 'messages', 'shell', 'static'];
    const watchers = [...folders, 'app.css', 'audiences.json'].map((name) =>
        watch(join(ROOT, name), { recursive: folders.includes(name) }, reassemble),
    );
    await ended(server);
    for (const watcher of watchers) watcher.close();
}
