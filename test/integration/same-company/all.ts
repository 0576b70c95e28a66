// node test/integration/same-company/all.ts [FACTOR]: marts of the sample company, from files and by way of systems.

import { bitrix24Way } from './bitrix24-way.ts';
import { compareMarts } from './compare-marts.ts';
import { hubspotWay } from './hubspot-way.ts';

const [factor = '0.02'] = process.argv.slice(2);
for (const way of [hubspotWay, bitrix24Way]) {
    const { equal, different } = await compareMarts(way, Number(factor));
    process.stdout.write(`${way.title}: ${equal} marts are equal, ${different.length} differ\n`);
    for (const { name, columns, rows } of different) {
        process.stdout.write(`  ${name}: ${columns.join(', ')}\n`);
        for (const row of rows) process.stdout.write(`      ${row}\n`);
    }
    if (different.length > 0) process.exitCode = 1;
}
