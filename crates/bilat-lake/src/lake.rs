//! The engine: DataFusion over bytes in memory, reading only.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use bilat_snapshot::{Kind, Snapshot, Table};
use datafusion::catalog::MemorySchemaProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::GreedyMemoryPool;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{SQLOptions, SessionConfig, SessionContext};
use futures::StreamExt;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use tokio::runtime::Runtime;

use crate::LakeError;
use crate::hint::explain;
use crate::scaled::Scaled;
use crate::tables::{VIEWS, layered};

/// The memory that a query may take unless told otherwise, in bytes.
pub const MEMORY: usize = 1 << 30;

/// Where the tables lie for DataFusion: a store in memory, not a place on the machine.
const STORE: &str = "snapshot://tables";

/// SQL over a snapshot.
pub struct Lake {
    context: SessionContext,
    runtime: Runtime,
    tables: Vec<String>,
    memory: usize,
}

impl Lake {
    /// An engine over the tables of a snapshot, which are not copied. A query may take
    /// [`MEMORY`] bytes.
    ///
    /// # Errors
    /// [`LakeError::Engine`] when threads cannot be started.
    pub fn new(snapshot: &Snapshot) -> Result<Self, LakeError> {
        Self::with_memory(snapshot, MEMORY)
    }

    /// As [`new`](Self::new), with another limit in bytes.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_memory(snapshot: &Snapshot, memory: usize) -> Result<Self, LakeError> {
        let broken = |e: &dyn std::fmt::Display| LakeError::Engine(e.to_string());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("sql")
            .build()
            .map_err(|e| broken(&e))?;
        let context = context(memory).map_err(|e| broken(&e))?;
        let store = InMemory::new();
        runtime
            .block_on(async {
                for table in Table::ALL {
                    add(&context, &store, snapshot, *table).await?;
                }
                let url = ObjectStoreUrl::parse(STORE)?;
                context.register_object_store(url.as_ref(), Arc::new(store));
                for view in VIEWS {
                    let plan = context.sql(&(view.sql)()).await?;
                    context.register_table(view.name, plan.into_view())?;
                }
                Ok::<_, DataFusionError>(())
            })
            .map_err(|e| broken(&e))?;
        let mut tables: Vec<String> = Table::ALL.iter().map(|t| t.name().to_owned()).collect();
        tables.extend(VIEWS.iter().map(|v| v.name.to_owned()));
        Ok(Self {
            context,
            runtime,
            tables,
            memory,
        })
    }

    /// The answer to one query, whole. There is always a batch, so that the columns are known of
    /// an answer without rows.
    ///
    /// # Errors
    /// [`LakeError`]: a query that means nothing, would write, or wants too much memory.
    pub fn query(&self, sql: &str) -> Result<Vec<RecordBatch>, LakeError> {
        let stream = self.stream(sql)?;
        let schema = stream.schema();
        let mut out: Vec<RecordBatch> = stream.collect::<Result<_, _>>()?;
        if out.is_empty() {
            out.push(RecordBatch::new_empty(schema));
        }
        Ok(out)
    }

    /// The answer to one query, batch by batch as it is computed.
    ///
    /// # Errors
    /// As [`query`](Self::query), here and from the iterator.
    pub fn stream(&self, sql: &str) -> Result<Batches<'_>, LakeError> {
        let stream = self
            .runtime
            .block_on(async {
                let options = SQLOptions::new()
                    .with_allow_ddl(false)
                    .with_allow_dml(false)
                    .with_allow_statements(false);
                let frame = self.context.sql_with_options(sql, options).await?;
                frame.execute_stream().await
            })
            .map_err(|e| self.explain(&e))?;
        Ok(Batches { lake: self, stream })
    }

    fn explain(&self, e: &DataFusionError) -> LakeError {
        explain(e, &self.tables, self.memory >> 20)
    }
}

/// An answer on its way.
pub struct Batches<'a> {
    lake: &'a Lake,
    stream: SendableRecordBatchStream,
}

impl Batches<'_> {
    /// Its columns.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        self.stream.schema()
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<RecordBatch, LakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.lake.runtime.block_on(self.stream.next())?;
        Some(next.map_err(|e| self.lake.explain(&e)))
    }
}

/// A session that sees no file of the machine and writes none.
fn context(memory: usize) -> Result<SessionContext, DataFusionError> {
    let no_files = DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled);
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(GreedyMemoryPool::new(memory)))
        .with_disk_manager_builder(no_files)
        .build_arc()?;
    let config = SessionConfig::new()
        .with_default_catalog_and_schema("bilat", "data")
        .with_information_schema(true);
    let context = SessionContext::new_with_config_rt(config, runtime);
    context.register_udf(ScalarUDF::from(Scaled::new()));
    let files = ObjectStoreUrl::local_filesystem();
    context.deregister_object_store(files.as_ref())?;
    if let Some(catalog) = context.catalog("bilat") {
        catalog.register_schema("layers", Arc::new(MemorySchemaProvider::new()))?;
    }
    Ok(context)
}

/// Makes one table of the snapshot known, whatever it is put together from.
async fn add(
    context: &SessionContext,
    store: &InMemory,
    snapshot: &Snapshot,
    table: Table,
) -> Result<(), DataFusionError> {
    let files = snapshot.files(table);
    let whole = table.columns().iter().all(|c| c.kind != Kind::Scaled);
    let plain = whole && files.len() == 1 && (files[0].1.is_empty() || !table.has_source());
    let mut hidden = Vec::new();
    for (i, (bytes, replaced)) in files.into_iter().enumerate() {
        let path = Path::from(format!("{}_{i}.parquet", table.name()));
        store
            .put(&path, PutPayload::from_bytes(bytes))
            .await
            .map_err(|e| DataFusionError::External(Box::new(e)))?;
        let url = ListingTableUrl::parse(format!("{STORE}/{path}"))?;
        let options =
            ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
        let config = ListingTableConfig::new(url)
            .with_listing_options(options)
            .with_schema(schema(table));
        let listing = Arc::new(ListingTable::try_new(config)?);
        if plain {
            context.register_table(table.name(), listing)?;
            return Ok(());
        }
        context.register_table(format!("layers.{}_{i}", table.name()), listing)?;
        // Tables whose rows name no source are replaced whole, which `files` has seen to.
        let replaced = replaced.iter().filter(|_| table.has_source());
        hidden.push(replaced.map(|s| s.0.to_string()).collect());
    }
    let view = context.sql(&layered(table, &hidden)).await?;
    context.register_table(table.name(), view.into_view())?;
    Ok(())
}

/// The table's schema with texts as views, which DataFusion reads without copying.
fn schema(table: Table) -> SchemaRef {
    let schema = table.schema();
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|f| match f.data_type() {
            DataType::Utf8 => f.as_ref().clone().with_data_type(DataType::Utf8View),
            _ => f.as_ref().clone(),
        })
        .collect();
    Arc::new(Schema::new(fields))
}
