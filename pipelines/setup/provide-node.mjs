import { existsSync } from 'node:fs';
import { linkCommands } from './npm.mjs';
import { nodeCommand, projectNode, projectNodePackage } from './paths.mjs';
import { runTool, tailOf } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';
import { isAtLeast, MIN_PROJECT_NODE, parseVersion } from './versions.mjs';

/**
 * Make sure that, after an installation, `node` in npm scripts is one that runs TypeScript: the
 * project's own, or the user's where no npm package brings one.
 *
 * @param {string} root
 * @throws {SetupError} code 2 when neither runs
 */
export async function provideNode(root) {
    const own = projectNode(root);
    if (existsSync(own) && !existsSync(nodeCommand(root))) {
        await linkCommands(root, projectNodePackage());
    }
    const { stdout, output } = await runTool(existsSync(own) ? own : process.execPath, [
        '--version',
    ]);
    if (isAtLeast(parseVersion(stdout), MIN_PROJECT_NODE)) return;
    const version = MIN_PROJECT_NODE[0];
    throw new SetupError(`The project's Node ${version} does not run on this machine.`, {
        fix: `install Node.js ${version} yourself, then: npm run setup`,
        exitCode: 2,
        output: tailOf(output),
    });
}
