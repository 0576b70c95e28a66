import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../pipelines/config.ts';
import { streams } from '../../pipelines/contracts/registry.ts';

/** Ids of which the product keeps no list: a lead's visitor is looked up, a visit's is not. */
const withoutList = [
    'ad_spend.account_id',
    'ad_spend.campaign_id',
    'sessions.visitor_id',
    'sessions.click_id',
    'lead_touches.click_id',
    // Clients have no stream: they are whoever a deal names.
    'deals.client_id',
    // A merge counts when the record that is left was delivered.
    'merges.merged_id',
    'merges.survivor_id',
];

test('data health looks up every id that a stream names', () => {
    const macro = readFileSync(resolve(projectRoot, 'macros/foreign_ids.sql'), 'utf8');
    const lookedUp = [...macro.matchAll(/\('(\w+)', '(\w+)', '\w+'\)/g)].map(
        ([, stream, column]) => `${stream}.${column}`,
    );
    const named = streams.flatMap((stream) =>
        stream.columns
            .filter(({ name }) => name.endsWith('_id') || name === 'product_line')
            .filter(({ name }) => stream.key.length > 1 || !stream.key.includes(name))
            .map(({ name }) => `${stream.name}.${name}`),
    );
    expect(lookedUp.toSorted()).toEqual(
        named.filter((name) => !withoutList.includes(name)).toSorted(),
    );
});
