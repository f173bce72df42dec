package io.sluice.sandbox.cli;

import io.sluice.ops.cli.AuditVerb;
import io.sluice.ops.cli.CapacityVerb;
import io.sluice.ops.cli.DeadLettersVerb;
import io.sluice.ops.cli.Deployment;
import io.sluice.ops.cli.DrainVerb;
import io.sluice.ops.cli.RebuildVerb;
import io.sluice.ops.cli.RootCommand;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.config.Ports;
import io.sluice.sandbox.flink.JobRecord;
import io.sluice.sandbox.kafka.KafkaTool;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.Subprocess;
import io.sluice.sandbox.stack.ServiceStatus;
import io.sluice.sandbox.stack.Stack;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line of {@code ./sluice}. Verbs that only ask the stack to do something are methods
 * here; the others are classes.
 */
@Command(
    description = "Runs the whole pipeline on this machine, without Docker.",
    footerHeading = "%nExit codes: ",
    footer =
        "0 done; 1 a step failed, or the audit or a benchmark found something; 2 wrong usage; 3 the"
            + " stack is running already, or not running.",
    subcommands = {
      DemoVerb.class,
      ProduceVerb.class,
      AuditVerb.class,
      DeadLettersVerb.class,
      RebuildVerb.class,
      DrainVerb.class,
      CapacityVerb.class
    })
public final class Main extends RootCommand {
  /** As one meets them; further verbs come behind these. */
  private static final List<String> ORDER =
      List.of(
          ("demo up down status produce sql audit dead-letters rebuild kill start submit savepoint stop"
                  + " resume drain flink kafka capacity")
              .split(" "));

  private static final String SERVICES = "kafka, clickhouse, proxy, jobmanager or taskmanager";

  @Spec private CommandSpec spec;

  /** Runs one verb and exits with its code; numbers look the same wherever it runs. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  /** With the verbs of all modules that are there. */
  public static CommandLine commandLine() {
    IFactory usual = CommandLine.defaultFactory();
    CommandLine line =
        new CommandLine(
            new Main(),
            new IFactory() {
              /** The operator's verbs, which know URLs, get the stack for what no option names. */
              @Override
              public <K> K create(Class<K> type) throws Exception {
                return type == Deployment.class
                    ? type.cast(new CommonOptions())
                    : usual.create(type);
              }
            });
    ServiceLoader.load(Verbs.class).forEach(more -> more.verbs().forEach(line::addSubcommand));
    line.registerConverter(Service.class, text -> named(text, Service.values()));
    line.registerConverter(
        KafkaTool.class, text -> named(text.replaceAll("^kafka-|[.]sh$", ""), KafkaTool.values()));
    // What comes behind a tool's name is the tool's, its --help included.
    line.getSubcommands().get("flink").setStopAtPositional(true);
    line.getSubcommands().get("kafka").setStopAtPositional(true);
    line.getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            help -> help.commandList(inOrder(help.subcommands())));
    return explaining(line);
  }

  private static Map<String, Help> inOrder(Map<String, Help> verbs) {
    Map<String, Help> ordered = new LinkedHashMap<>();
    ORDER.forEach(verb -> ordered.put(verb, verbs.get(verb)));
    ordered.putAll(verbs);
    return ordered;
  }

  private static <T> T named(String text, T[] all) {
    return Arrays.stream(all)
        .filter(one -> one.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is none of " + Arrays.toString(all)));
  }

  @Command(
      name = "up",
      description = "Starts Kafka, Flink, ClickHouse and the proxy, and creates topics and tables.")
  int up(@Mixin CommonOptions common, @Mixin StackFlags flags) {
    Stack stack =
        Stack.start(common.home(), common.path(), flags.toOptions(spec), Terminal.progress(spec));
    Ports ports = stack.options().ports();
    return say(
        "up: Kafka %s, Flink %s, ClickHouse %s, proxy %s at %s"
            .formatted(
                ports.kafkaBrokers(),
                ports.flinkRestUrl(),
                ports.clickhouseUrl(),
                ports.proxyUrl(),
                stack.options().proxyRate()));
  }

  @Command(
      name = "down",
      description = "Ends every process of the stack. The data stays, for the next up.")
  int down(
      @Mixin CommonOptions common,
      @Option(names = "--delete-data", description = "delete all data and logs of the stack too")
          boolean deleteData) {
    List<Service> ended = common.attach(spec).stopAll();
    if (deleteData) {
      Stack.deleteData(common.home(), common.path());
    }
    return say(ended.isEmpty() ? "nothing was running" : "down: " + ended);
  }

  @Command(
      name = "status",
      description = "Shows every service and the job. Exits with 3 unless all services are ready.")
  int status(@Mixin CommonOptions common) {
    Stack stack = common.attach(spec);
    List<ServiceStatus> services = stack.status();
    for (ServiceStatus one : services) {
      say(
          "%-12s %-14s %-12s ports %s"
              .formatted(
                  one.service(),
                  one.describe(),
                  one.pid() == 0 ? "" : "pid " + one.pid(),
                  one.ports()));
    }
    say(
        "%-12s %s %s"
            .formatted(
                "job",
                stack.jobs().state().orElse("none"),
                stack.jobs().last().map(JobRecord::jobId).orElse("(never submitted)")));
    return services.stream().allMatch(ServiceStatus::ready) ? 0 : 3;
  }

  @Command(name = "kill", description = "Ends one service with kill -9.")
  int kill(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "<service>", description = SERVICES) Service service) {
    common.attach(spec).kill(service);
    return say(service + " killed");
  }

  @Command(
      name = "start",
      description = {
        "Starts one service that was killed, on its data.",
        "With the jobmanager, the job comes back from its newest checkpoint."
      })
  int start(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "<service>", description = SERVICES) Service service) {
    common.attach(spec).start(service);
    return say(service + " started");
  }

  @Command(
      name = "submit",
      description = {
        "Submits job/target/job.jar with Flink's own 'run' command, set to this stack.",
        "The job starts without state; 'resume' goes on where the last one was."
      })
  int submit(
      @Mixin CommonOptions common,
      @Parameters(
              paramLabel = "-- --key value",
              arity = "0..*",
              description = "more settings of the job, after --; they win over the stack's")
          String[] more) {
    return say("job " + common.attach(spec).submitJob(given(more)).jobId());
  }

  @Command(name = "savepoint", description = "Takes a savepoint of the running job, which goes on.")
  int savepoint(@Mixin CommonOptions common) {
    return say(common.attach(spec).savepoint());
  }

  @Command(name = "stop", description = "Stops the job with a savepoint; the services go on.")
  int stop(@Mixin CommonOptions common) {
    return say(common.attach(spec).stopJob());
  }

  @Command(
      name = "resume",
      description = {
        "Starts the job again from its newest savepoint or checkpoint.",
        "An older one (--from) sends again what was sent since: see savepoints/README.md."
      })
  int resume(
      @Mixin CommonOptions common,
      @Option(names = "--from", paramLabel = "<folder>", description = "a certain savepoint")
          String from,
      @Parameters(
              paramLabel = "-- --key value",
              arity = "0..*",
              description = "settings of the job to change, after --; the others stay as they were")
          String[] more) {
    JobRecord job = common.attach(spec).resumeJob(Optional.ofNullable(from), List.of(given(more)));
    return say("job " + job.jobId() + " from " + job.restoredFrom());
  }

  /** Null is what picocli makes of none. */
  private static String[] given(String[] arguments) {
    return arguments == null ? new String[0] : arguments;
  }

  @Command(
      name = "sql",
      description = "Runs one statement in ClickHouse, straight, not through the proxy.")
  int sql(
      @Mixin CommonOptions common,
      @Parameters(
              paramLabel = "<statement>",
              description = "such as \"SELECT count() FROM logs.http_log\"")
          String statement,
      @Option(
              names = "--format",
              description =
                  "of the result (default: PrettyCompact in a terminal, else TabSeparated)")
          String format) {
    // Java cannot tell a terminal from a pipe in the same way on all versions; the script can.
    boolean forPeople = Boolean.getBoolean("sluice.terminal");
    String use = format != null ? format : forPeople ? "PrettyCompact" : "TabSeparated";
    String result = common.attach(spec).clickHouse().query(statement, use);
    return result.isBlank() ? 0 : say(result.stripTrailing());
  }

  @Command(
      name = "flink",
      description = {
        "Runs Flink's own command line against this stack.",
        "Options of this verb come before Flink's action. A job that is started by 'flink run' is"
            + " not the one that status, stop and resume mean."
      })
  int flink(
      @Mixin CommonOptions common,
      @Parameters(
              paramLabel = "<action> [<argument>…]",
              arity = "1..*",
              description = "such as: list, savepoint <job>, run --help")
          List<String> line) {
    return Subprocess.passThrough(common.attach(spec).flinkCommand(line));
  }

  @Command(
      name = "kafka",
      description = {
        "Runs one of Kafka's own tools against this stack: topics, configs, consumer-groups,"
            + " get-offsets.",
        "Options of this verb come before the tool's name; --bootstrap-server is set."
      })
  int kafka(
      @Mixin CommonOptions common,
      @Parameters(
              index = "0",
              paramLabel = "<tool>",
              description = "such as: topics --describe --topic http_log")
          KafkaTool tool,
      @Parameters(index = "1..*", paramLabel = "<argument>", description = "of the tool")
          String[] arguments) {
    String brokers = common.attach(spec).options().ports().kafkaBrokers();
    return Subprocess.passThrough(tool.command(common.home(), brokers, List.of(given(arguments))));
  }

  private int say(String line) {
    Terminal.result(spec, line);
    return 0;
  }
}
