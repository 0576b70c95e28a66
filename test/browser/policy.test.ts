import { beforeAll, describe, expect, test } from 'vitest';
import { handMade } from '../end-to-end/support/companies.ts';
import { browserFor, type OpenSite, openSite } from './support/site.ts';

const browser = await browserFor(handMade);

/** What a hostile name could bring into a page; gives what the browser refused, or that it ran. */
const bringScripts = `(async () => {
    const refused = [];
    document.addEventListener('securitypolicyviolation', (event) => {
        refused.push(event.effectiveDirective + ' ' + event.blockedURI);
    });
    const script = document.createElement('script');
    script.textContent = 'window.hasRun = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.hasRun = true">');
    const foreign = document.createElement('script');
    foreign.src = 'https://attacker.example/script.js';
    document.body.append(foreign);
    const isOver = () => 'hasRun' in window || new Set(refused).size === 3;
    const patience = performance.now() + 30_000;
    while (!isOver() && performance.now() < patience)
        await new Promise((done) => setTimeout(done, 50));
    return 'hasRun' in window ? ['it has run'] : [...new Set(refused)].toSorted();
})()`;

describe.skipIf(!browser)('under the content policy of the server', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(handMade);
    });

    test.each(['/', '/nowhere/at/all'])(
        'no script that data brought into %s runs',
        async (path) => {
            const { page } = await site.open(path);
            const violations = await page.evaluate(bringScripts);
            expect(violations).toEqual([
                'script-src-attr inline',
                'script-src-elem https://attacker.example/script.js',
                'script-src-elem inline',
            ]);
        },
    );
});
