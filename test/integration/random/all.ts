// node test/integration/random/all.ts [COMPANIES] [SEED]: as the test of a few, for many.
import { compareCompanies } from './compare-companies.ts';

const [companies = '20', seed = '1'] = process.argv.slice(2);
const found = await compareCompanies(Number(companies), Number(seed));
for (const { company, sums, differences } of found) {
    process.stdout.write(`company ${company}: ${sums} sums, ${differences.length} differ\n`);
    for (const difference of differences) process.stdout.write(`  ${difference}\n`);
}
process.exitCode = found.some(({ differences }) => differences.length > 0) ? 1 : 0;
