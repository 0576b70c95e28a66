import type { StreamContract } from '../../contracts/stream.ts';
import { merge } from './merge.ts';
import { replace } from './replace.ts';
import type { Strategy } from './strategy.ts';

const strategies: Record<StreamContract['strategy']['kind'], Strategy> = { merge, replace };

/** The strategy a contract names. */
export function strategyFor(contract: StreamContract): Strategy {
    return strategies[contract.strategy.kind];
}
