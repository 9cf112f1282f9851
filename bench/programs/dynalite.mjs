// The emulator of DynamoDB, in memory. Tables are there at once.
import dynalite from 'dynalite';

dynalite({ createTableMs: 0 }).listen(Number(process.env.PORT), '127.0.0.1');
