import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const MINUTE = 60_000;

type Own = Readonly<{ isolate?: boolean; globalSetup?: string[]; retry?: number }>;

/** A project of its own for each kind of test, so that the quick ones run alone. */
function slowProject(name: string, timeout: number, own: Own) {
    return {
        test: {
            name,
            include: [`test/${name}/**/*.test.ts`],
            testTimeout: timeout,
            // A test waits for the company it reads while another one builds it.
            hookTimeout: 20 * MINUTE,
            ...own,
            // The programs that tests start by the dozen.
            env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
            // What they start has threads of its own.
            maxWorkers: 2,
        },
    };
}

/**
 * What takes long begins early, so that both workers end together: the sample, which most others wait
 * for, beside what needs no company; then the rest in the order in which a failure is cheapest to read.
 */
const FIRST = [
    'end-to-end/sample-run',
    'integration/',
    'end-to-end/unit-tests',
    'end-to-end/repeat',
    'end-to-end/',
    // Compiled in a language of its own: the pages of all others are there by then.
    'browser/strange-texts',
    'browser/pages',
    'browser/filters',
];

class LongestFirst extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
        const rank = ({ moduleId }: TestSpecification) => {
            const found = FIRST.findIndex((path) => moduleId.includes(`/test/${path}`));
            return found < 0 ? FIRST.length : found;
        };
        return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
    }
}

const companies = ['test/end-to-end/global-setup.ts'];

export default defineConfig({
    test: {
        sequence: { sequencer: LongestFirst },
        projects: [
            {
                test: {
                    name: 'unit',
                    include: ['test/**/*.test.ts'],
                    exclude: ['test/{integration,end-to-end,browser}/**'],
                    // A busy machine is no fault.
                    testTimeout: MINUTE,
                    hookTimeout: MINUTE,
                    // Nothing here changes what it imports, and importing it anew takes half the time.
                    pool: 'threads',
                    isolate: false,
                    maxWorkers: 2,
                },
            },
            // Importing the loader anew takes longer than many files with tests of it.
            slowProject('integration', 5 * MINUTE, { isolate: false }),
            slowProject('end-to-end', 15 * MINUTE, { globalSetup: companies }),
            // Its files share one server and one reader, who stays in the site. Why a click is lost now and
            // then is not known; what is broken fails twice.
            slowProject('browser', 5 * MINUTE, {
                globalSetup: companies,
                isolate: false,
                retry: 1,
            }),
        ],
    },
});
