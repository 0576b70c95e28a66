import { defineConfig } from 'vitest/config';

const MINUTE = 60_000;

/** A project of its own for each kind of test, so that the quick ones run alone. */
function slowProject(name: string, timeout: number, globalSetup: string[] = [], retry = 0) {
    return {
        test: {
            name,
            include: [`test/${name}/**/*.test.ts`],
            globalSetup,
            testTimeout: timeout,
            hookTimeout: timeout,
            retry,
            // What they start has threads of its own.
            maxWorkers: 2,
        },
    };
}

export default defineConfig({
    test: {
        projects: [
            {
                test: {
                    name: 'unit',
                    include: ['test/**/*.test.ts'],
                    exclude: ['test/{integration,end-to-end,browser}/**'],
                    testTimeout: 10_000,
                },
            },
            slowProject('integration', 5 * MINUTE),
            slowProject('end-to-end', 15 * MINUTE, ['test/end-to-end/global-setup.ts']),
            // A browser on a busy machine loses a click now and then; what is broken fails twice.
            slowProject('browser', 5 * MINUTE, ['test/browser/global-setup.ts'], 1),
        ],
    },
});
