import { describeServerModule } from '@/modules/sdk/contract-suite';
import pickaxe from './index';
import { pickaxeSimulator } from './simulator';

describeServerModule({ module: pickaxe, simulator: pickaxeSimulator, moduleSettings: { game: 'valheim' } });
