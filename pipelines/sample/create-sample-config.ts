import { adInputs } from './inputs/ads.ts';
import { answerInputs } from './inputs/answers.ts';
import { crmInputs } from './inputs/crm.ts';
import { financeInputs } from './inputs/finance.ts';
import { qualityInputs } from './inputs/quality.ts';
import { serviceInputs } from './inputs/service.ts';
import { webInputs } from './inputs/web.ts';

export interface SampleConfigPlaces {
    /** Folder of the exports, relative to the config file. */
    readonly directory: string;
    /** Folder of the company's rules, relative to the config file. */
    readonly rules: string;
    /** Folder of what is signed, relative to the config file. */
    readonly ledger?: string;
}

/** The sample company's config: its exports, each mapped from the headers of its own tool. */
export function createSampleConfig({ directory, rules, ledger = 'ledger' }: SampleConfigPlaces) {
    return {
        company: {
            id: 'gates-and-parts',
            name: 'Gates & Parts',
            currency: 'EUR',
            timezone: 'Europe/Bucharest',
            country: 'RO',
        },
        rules,
        ledger,
        as_of: '2026-06-30',
        max_reject_share: 0.01,
        inputs: [
            ...adInputs(directory),
            ...webInputs(directory),
            ...crmInputs(directory),
            ...financeInputs(directory),
            ...answerInputs(directory),
            ...qualityInputs(directory),
            ...serviceInputs(directory),
        ],
    };
}
