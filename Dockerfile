# The application image: Flink's, with the job, its configuration, an entrypoint that resumes the job, and the
# operator's command line.
# What goes in is built on the host first: mvn -DskipTests package
FROM flink:2.2.1-java17

USER root
COPY --chown=flink:flink flink-conf/config.yaml flink-conf/log4j-console.properties flink-conf/log4j-cli.properties /opt/flink/conf/
COPY --chown=flink:flink deploy/flink/entrypoint.sh deploy/flink/healthcheck.sh flink-conf/config.yaml /opt/sluice/
# What operators run: docker compose exec jobmanager sluice --help
COPY ops/target/dist/lib /opt/sluice/ops/lib
COPY ops/target/classes /opt/sluice/ops/classes
COPY deploy/flink/sluice /usr/local/bin/sluice
COPY --chown=flink:flink job/target/job.jar /opt/flink/usrlib/job.jar
# A new volume takes its owner from here.
RUN mkdir -p /opt/flink/checkpoints /opt/flink/savepoints \
 && chown flink:flink /opt/flink/checkpoints /opt/flink/savepoints

USER flink
ENTRYPOINT ["/opt/sluice/entrypoint.sh"]
CMD ["standalone-job", "--job-classname", "io.sluice.httplog.HttpLogJob"]
