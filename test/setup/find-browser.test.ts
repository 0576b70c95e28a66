import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedBrowser, setUpBrowser } from '../../pipelines/setup/browser.mjs';
import { findBrowsers } from '../../pipelines/setup/find-browser.mjs';
import { temporaryFolder, writeScript } from './temporary-folder.ts';

function machine(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') {
    return { env, platform, home: temporaryFolder() };
}

describe('the browser finder', () => {
    it('takes Chromium on the PATH before Chrome and Edge', () => {
        const folder = temporaryFolder();
        const edge = writeScript(join(folder, 'microsoft-edge'));
        const chromium = writeScript(join(folder, 'chromium'));
        expect(findBrowsers(machine({ PATH: folder })).slice(0, 2)).toEqual([chromium, edge]);
    });

    it('passes over a file that cannot be executed', () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, 'chromium'), '', { mode: 0o644 });
        expect(findBrowsers(machine({ PATH: folder }))).not.toContain(join(folder, 'chromium'));
    });

    it('takes the newest browser in the cache of Playwright', () => {
        const cache = temporaryFolder();
        const old = writeScript(join(cache, 'chromium-999', 'chrome-linux', 'chrome'));
        const recent = writeScript(join(cache, 'chromium-1200', 'chrome-linux64', 'chrome'));
        const found = findBrowsers(machine({ PATH: '', PLAYWRIGHT_BROWSERS_PATH: cache }));
        expect(found.filter((file) => file.startsWith(cache))).toEqual([recent, old]);
    });

    it('knows the application folder of a Mac user', () => {
        const mac = machine({ PATH: '' }, 'darwin');
        const app = join(mac.home, 'Applications', 'Google Chrome.app', 'Contents', 'MacOS');
        const chrome = writeScript(join(app, 'Google Chrome'));
        expect(findBrowsers(mac)).toContain(chrome);
    });

    it('looks for no other browser than the one a person names', () => {
        const folder = temporaryFolder();
        writeScript(join(folder, 'chromium'));
        const env = { PATH: folder, JOINTLY_BROWSER: '/opt/my/chrome' };
        expect(findBrowsers(machine(env))).toEqual(['/opt/my/chrome']);
    });
});

describe('the recorded browser', () => {
    it('is found again by the tests as long as it exists', async () => {
        const root = temporaryFolder();
        const folder = temporaryFolder();
        const chromium = writeScript(join(folder, 'chromium'), 'echo Chromium 149');
        await expect(setUpBrowser(root, { PATH: folder })).resolves.toBe(chromium);
        expect(recordedBrowser(root, {})).toBe(chromium);
        writeFileSync(join(root, '.jointly', 'browser.json'), '{ "executable": "/gone" }');
        expect(recordedBrowser(root, {})).toBeUndefined();
    });
});
