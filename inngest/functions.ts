import { cleanUpNightly } from './functions/clean-up';
import { heartbeat } from './functions/heartbeat';
import { provisionService } from './functions/provision-service';
import { runOperation } from './functions/run-operation';
import { sendEmail } from './functions/send-email';

/** Every durable function; what is not listed here is not served. */
export const functions = [provisionService, runOperation, sendEmail, heartbeat, cleanUpNightly];
